import { numberWords } from '../../number-words.ts'
/** How far long work has come: `done` of `total` rows, pages or whatever `unit` names. */
export const Progress = (props: { label: string; done: number; total: number; unit: string }) => (
  <div class="progress">
    <div>
      <b>{props.label}</b>
      <span class="soft">
        {numberWords(props.done)} of {numberWords(props.total)} {props.unit}
      </span>
    </div>
    <progress aria-label={props.label} value={props.done} max={Math.max(props.total, 1)}></progress>
  </div>
)
