/** Variables and secrets that wrangler.toml does not declare, beside the bindings it does. */
declare global {
  namespace Cloudflare {
    interface Env {
      /** 'true' only where `npm start` or a test says so: pages then run as a demo owner. */
      LOCAL_OWNER?: string
      /** 'true' adds a `server-timing` header with round trips and rows; set by the benchmark. */
      MEASURE?: string
      /** Without it, e-mails are captured and can be read on the Mail page. */
      MAILCHANNELS_API_KEY?: string
      /** Signs the links that retailers get, at least 32 characters. Without it none is made, and none opens. */
      LINK_SECRET?: string
      /** The From address, at a domain that is set up for sending. */
      MAIL_FROM?: string
      /** The origin under which this desk is reached, as in 'https://desk.example.com'; links in e-mails start with it. */
      APP_URL?: string
      /** Another mail endpoint than the provider's own: tests point it at a local one. */
      MAILCHANNELS_URL?: string
    }
  }
}

export type Bindings = Cloudflare.Env
