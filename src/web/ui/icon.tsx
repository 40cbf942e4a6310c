import { raw } from 'hono/utils/html'
import {
  Archive,
  ArrowLeft,
  Boxes,
  Check,
  ChevronLeft,
  ChevronRight,
  CircleAlert,
  CircleCheck,
  Copy,
  Download,
  ExternalLink,
  FileText,
  Info,
  Mail,
  MailWarning,
  Menu,
  Package,
  Pencil,
  Plus,
  Printer,
  Receipt,
  RotateCcw,
  Search,
  Store,
  Trash2,
  TriangleAlert,
  Truck,
  Undo2,
  Upload,
  X,
} from 'lucide-static'

const PICTURES = {
  archive: Archive,
  back: ArrowLeft,
  boxes: Boxes,
  check: Check,
  newer: ChevronLeft,
  older: ChevronRight,
  error: CircleAlert,
  success: CircleCheck,
  copy: Copy,
  download: Download,
  external: ExternalLink,
  file: FileText,
  info: Info,
  mail: Mail,
  mailWarning: MailWarning,
  menu: Menu,
  package: Package,
  edit: Pencil,
  add: Plus,
  print: Printer,
  receipt: Receipt,
  retry: RotateCcw,
  search: Search,
  store: Store,
  remove: Trash2,
  warning: TriangleAlert,
  truck: Truck,
  undo: Undo2,
  upload: Upload,
  close: X,
} as const

export type IconName = keyof typeof PICTURES

const svgs = new Map(
  Object.entries(PICTURES).map(([name, svg]) => {
    const shapes = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
    const open =
      '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
    return [name, raw(`${open}${shapes.replace(/\s+/g, ' ').trim()}</svg>`)]
  }),
)

/** A decorative picture, one text line high, hidden from assistive technology: say it in words beside it. */
export const Icon = ({ name }: { name: IconName }) => svgs.get(name)!
