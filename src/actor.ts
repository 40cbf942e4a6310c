export type Role = 'owner' | 'staff' | 'viewer'

/** Who does it. Written down with every change. */
export type Actor =
  | { kind: 'staff'; id: string; name: string; role: Role }
  | { kind: 'retailer'; id: string; name: string }
  | { kind: 'api_key'; id: string; name: string; access: 'read' | 'write' }
  | { kind: 'system'; id: string; name: string }
