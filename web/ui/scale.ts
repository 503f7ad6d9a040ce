/** The numbers a slider can show. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  /** Distance between two allowed numbers; 0 = every number. */
  readonly step: number;
}

/** Nearest allowed number, free of floating-point dust. */
export function snap({ min, max, step }: Scale, value: number): number {
  const inside = Math.min(max, Math.max(min, value));
  if (step <= 0) return inside;
  const steps = Math.round((inside - min) / step);
  return Math.min(max, Number((min + steps * step).toPrecision(12)));
}

/** 0-1: how much of the scale lies below `value`. */
export const shareOf = ({ min, max }: Scale, value: number): number =>
  max === min ? 0 : Math.min(1, Math.max(0, (value - min) / (max - min)));

/** The number at a share of the scale, snapped. */
export const valueAt = (scale: Scale, share: number): number =>
  snap(scale, scale.min + (scale.max - scale.min) * Math.min(1, Math.max(0, share)));

const keySteps: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowRight: 1,
  '+': 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  '-': -1,
  PageUp: 4,
  PageDown: -4,
};

/** Where a key leads on a slider; undefined = not a slider's key. `keyStep` = an arrow's way, four of them = a page's. */
export function valueForKey(scale: Scale, value: number, press: { key: string; keyStep: number }): number | undefined {
  if (press.key === 'Home') return scale.min;
  if (press.key === 'End') return scale.max;
  const steps = keySteps[press.key];
  return steps === undefined ? undefined : snap(scale, value + steps * press.keyStep);
}
