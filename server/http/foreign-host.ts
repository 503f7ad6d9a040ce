import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../../shared/api/problem.ts';
import { sendProblem } from './problems.ts';

const problem: Problem = {
  code: 'foreign-host',
  message: 'Kachel does not know this name. Start it with --public-host NAME to allow it.',
};

/** What a person reads who opened Kachel under a name it does not know. The name itself is not repeated: it may be anything. */
const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Kachel</title></head>
<body>
<h1>Kachel does not know this name</h1>
<p>Open Kachel by its IP address or its own name. To allow this name as well, start Kachel with
<code>--public-host NAME</code>.</p>
<div lang="de">
<h1>Kachel kennt diesen Namen nicht</h1>
<p>Öffne Kachel über die IP-Adresse oder den eigenen Namen. Soll auch dieser Name gelten, starte Kachel mit
<code>--public-host NAME</code>.</p>
</div>
</body>
</html>
`;

/** Refuses a request for another name: a page for people, a problem for programs. */
export function refuseHost(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isVisit = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
  if (!isVisit) return sendProblem(reply, problem);
  request.server.http.refusals.note(problem.code, request);
  return reply.code(421).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
}
