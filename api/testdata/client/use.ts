// A program against the generated client: what it says is checked by the test.
import { client } from './client/client.gen';
import * as api from './client/sdk.gen';

async function main(base: string) {
  client.setConfig({ baseUrl: base });
  const members = await api.members({ path: { name: 'SCO' }, query: { on: '2020-10-14', published_by: '2020' } });
  if (!members.data) throw new Error(JSON.stringify(members.error));
  const first = members.data.items[0];
  console.log('member', first.says, first.truth, members.data.claims[first.evidence[0]].quote);

  let found = 0, pages = 0, cursor: string | undefined;
  do {
    const page = await api.historyOf({ path: { name: 'KHM' }, query: { limit: 2, cursor } });
    if (!page.data) throw new Error(JSON.stringify(page.error));
    found += page.data.items.length;
    pages++;
    cursor = page.data.next;
  } while (cursor);
  console.log('history', found, 'in', pages);

  const none = await api.members({ path: { name: 'Atlantis' } });
  console.log('problem', none.error?.status, none.response?.headers.get('content-type'));
  const taken = await api.readDocument({ body: { title: 'T', text: 'Talks were held.', published: '2020-05-04' } });
  console.log('document', taken.response?.status, taken.data?.claims.length);
  const decided = await api.decide({ body: { verdict: 'accept', claim: first.evidence[0], why: 'seen' } });
  console.log('decision', decided.data?.verdict, decided.data?.who);
  const log = await api.changes({ query: { limit: 3 } });
  console.log('changes', log.data?.changes.map(c => c.type).join(' '), log.data?.more);
}

main(process.argv[2]).catch(e => { console.error(e); process.exit(1); });
