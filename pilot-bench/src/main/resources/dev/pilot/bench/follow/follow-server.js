// A small server of server-sent events as one writes it with Node alone: each event is encoded once and written to each subscriber.
'use strict';
const http = require('http');

const subscribers = new Set();
const server = http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write('retry: 1000\n\n');
  subscribers.add(response);
  request.on('close', () => subscribers.delete(response));
});
server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));

let position = 0;
function tell() {
  position++;
  const micros = Math.round((performance.timeOrigin + performance.now()) * 1000);
  const event = {
    position, id: 'evt_' + String(position).padStart(26, '0'), at: new Date().toISOString(),
    subject: { type: 'run', id: 'run_bench' }, runId: 'run_bench', projectId: 'prj_bench', type: 'log', level: 'info',
    title: 'sent ' + micros + '.', message: 'x'.repeat(150), data: {},
  };
  const frame = Buffer.from('id: ' + position + '\nevent: event\ndata: ' + JSON.stringify(event) + '\n\n');
  for (const subscriber of subscribers) subscriber.write(frame);
}

// "go <count>": so many events, a thousand in a second.
function go(count) {
  const start = performance.now();
  let told = 0;
  const timer = setInterval(() => {
    const due = Math.min(count, Math.floor(performance.now() - start));
    while (told < due) { tell(); told++; }
    if (told === count) { clearInterval(timer); console.log('told'); }
  }, 1);
}
require('readline').createInterface({ input: process.stdin })
  .on('line', line => go(Number(line.split(' ')[1])))
  .on('close', () => process.exit(0));
