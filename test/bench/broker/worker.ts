import { parentPort } from 'node:worker_threads';
import { attack } from './attacks.ts';
import { connects, latency, offline, retained } from './other-loads.ts';
import { probe } from './probe.ts';
import type { Order, Outcome } from './scene.ts';
import { throughput } from './throughput.ts';

function perform({ scene, target }: Order): Promise<Outcome> {
  switch (scene.kind) {
    case 'throughput':
      return throughput(scene, target);
    case 'latency':
      return latency(scene, target);
    case 'connects':
      return connects(scene, target);
    case 'retained':
      return retained(scene, target);
    case 'offline':
      return offline(scene, target);
    case 'probe':
      return probe(scene, target);
    case 'attack':
      return attack(scene, target);
  }
}

// One order at a time: the machine has few cores, and the broker needs one of them.
parentPort?.on('message', (order: Order) => {
  perform(order).then(
    (outcome) => parentPort?.postMessage({ outcome }),
    (error: unknown) => parentPort?.postMessage({ error: String(error) }),
  );
});
