import { html } from 'hono/html'
import { type PictureSize, SIDES } from '../../pictures/picture.ts'
import { routes } from '../../routes.ts'
import { Icon } from './icon.tsx'

type PhotoProps = { id: string; alt: string; size?: PictureSize }

/**
 * A product's photo in a square, a small one loaded when it comes near; a quiet place for one where `id` is ''. `alt`
 * is '' where the product's name stands beside it. As text: lists show many of them.
 */
export const Photo = ({ id, alt, size = 'small' }: PhotoProps) =>
  id === ''
    ? NO_PHOTO
    : html`<img class="photo" src="${routes.photo(id, size)}" width="${SIDES[size]}" height="${SIDES[size]}" loading="${size === 'small' ? 'lazy' : 'eager'}" decoding="async" alt="${alt}">`

const NO_PHOTO = html`<span class="photo">${Icon({ name: 'package' })}</span>`
