/** Steps that can be taken back, newest last. */
export const maxUndoSteps = 50;

/** One state of a document, with what was done to reach it. */
export interface Step<State, Label> {
  readonly state: State;
  readonly label: Label;
}

/** Undo and redo over immutable states; pure. */
export interface History<State, Label> {
  readonly past: readonly Step<State, Label>[];
  readonly present: State;
  /** Next first. */
  readonly future: readonly Step<State, Label>[];
}

export const startHistory = <State, Label>(present: State): History<State, Label> => ({
  past: [],
  present,
  future: [],
});

/** Does one step; what had been undone before can no longer be redone. */
export function record<State, Label>(
  history: History<State, Label>,
  present: State,
  label: Label,
): History<State, Label> {
  if (present === history.present) return history;
  return { past: [...history.past, { state: history.present, label }].slice(-maxUndoSteps), present, future: [] };
}

export function undo<State, Label>(history: History<State, Label>): History<State, Label> {
  const last = history.past.at(-1);
  if (!last) return history;
  return {
    past: history.past.slice(0, -1),
    present: last.state,
    future: [{ state: history.present, label: last.label }, ...history.future],
  };
}

export function redo<State, Label>(history: History<State, Label>): History<State, Label> {
  const [next, ...future] = history.future;
  if (!next) return history;
  return { past: [...history.past, { state: history.present, label: next.label }], present: next.state, future };
}
