import { Icon } from './icon.tsx'

/** A filter that is on; following the link takes it off. */
export const Chip = ({ label, href }: { label: string; href: string }) => (
  <a class="chip" href={href}>
    <span class="visually-hidden">Remove filter: </span>
    {label}
    <Icon name="close" />
  </a>
)
