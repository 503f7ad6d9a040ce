import type { Scene } from './scene.ts';

/** Ours divided by Mosquitto's. */
export interface Goal {
  readonly ratio: number;
  readonly isAtLeast: boolean;
}

/** A line of the table. */
export interface Row {
  readonly name: string;
  readonly unit: '/s' | 'ms' | 'µs';
  readonly over: 'tcp' | 'webSocket';
  readonly scene: Scene;
  readonly goal?: Goal;
}

const atLeast = (ratio: number): Goal => ({ ratio, isAtLeast: true });
const atMost = (ratio: number): Goal => ({ ratio, isAtLeast: false });

const durationMs = 1_000;
const base = {
  kind: 'throughput',
  shape: 'one',
  publishers: 1,
  subscribers: 1,
  qos: 0,
  window: 2_000,
  durationMs,
} as const;
const throughput = (over: Partial<Extract<Scene, { kind: 'throughput' }>>): Scene => ({ ...base, ...over });

/** THE LIST. Payloads have 32 bytes. */
export const rows: readonly Row[] = [
  { name: 'QoS 0, 1→1', unit: '/s', over: 'tcp', scene: throughput({}), goal: atLeast(8) },
  { name: 'QoS 1, 1→1', unit: '/s', over: 'tcp', scene: throughput({ qos: 1 }), goal: atLeast(4) },
  { name: 'QoS 2, 1→1', unit: '/s', over: 'tcp', scene: throughput({ qos: 2 }), goal: atLeast(2.5) },
  {
    name: 'fan-out 1→100 in bursts',
    unit: '/s',
    over: 'tcp',
    scene: throughput({ subscribers: 100 }),
    goal: atLeast(8),
  },
  {
    name: 'fan-out 1→1000',
    unit: '/s',
    over: 'tcp',
    scene: throughput({ subscribers: 1_000, window: 100 }),
    goal: atLeast(6),
  },
  {
    name: 'fan-in 100→1, `house/+/sensors/#`',
    unit: '/s',
    over: 'tcp',
    scene: throughput({ shape: 'fan-in', publishers: 100 }),
    goal: atLeast(3),
  },
  {
    name: '100 pairs',
    unit: '/s',
    over: 'tcp',
    scene: throughput({ shape: 'pairs', publishers: 100, subscribers: 100 }),
    goal: atLeast(1.5),
  },
  { name: 'one message at a time', unit: '/s', over: 'tcp', scene: throughput({ window: 1 }), goal: atLeast(0.9) },
  {
    name: '10,000 retained to a new `#`',
    unit: 'ms',
    over: 'tcp',
    scene: { kind: 'retained', messages: 10_000 },
    goal: atMost(0.3),
  },
  {
    name: 'connects',
    unit: '/s',
    over: 'tcp',
    scene: { kind: 'connects', clients: 2_000, atOnce: 64 },
    goal: atLeast(0.7),
  },
  {
    name: 'latency at 1,000/s, p50',
    unit: 'µs',
    over: 'tcp',
    scene: { kind: 'latency', perSecond: 1_000, durationMs: 1_500 },
    goal: atMost(2),
  },
  { name: 'QoS 0 over WebSocket, 1→1', unit: '/s', over: 'webSocket', scene: throughput({}), goal: atLeast(4) },
];

/** The same asked of a server that does nothing else, in the first column: more than this Node.js does not give. */
export const floorRow: Row = {
  name: 'connects to a bare server in Node.js',
  unit: '/s',
  over: 'tcp',
  scene: { kind: 'connects', clients: 2_000, atOnce: 64 },
};

/** With full durability; no other broker syncs to the disk before it acknowledges. */
export const offlineScene: Scene = { kind: 'offline', inflight: 200, durationMs: 2_000 };
export const offlineGoal = 10_000;

export const idleGoalKilobytes = 20;
