/** Geometry of the arc: 240° from lower left over the top to lower right. */

export const sweepDegrees = 240;
const startDegrees = 150;

export interface ArcPoint {
  readonly x: number;
  readonly y: number;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** The point at a share (0-1) of the arc. */
export function arcPoint(share: number, radius: number): ArcPoint {
  const angle = ((startDegrees + sweepDegrees * share) * Math.PI) / 180;
  return { x: round(Math.cos(angle) * radius), y: round(Math.sin(angle) * radius) };
}

/** SVG path from the start of the arc to a share of it, round its centre at 0,0. */
export function arcPath(share: number, radius: number): string {
  const from = arcPoint(0, radius);
  const to = arcPoint(share, radius);
  const isLarge = sweepDegrees * share > 180 ? 1 : 0;
  return `M${from.x} ${from.y}A${radius} ${radius} 0 ${isLarge} 1 ${to.x} ${to.y}`;
}
