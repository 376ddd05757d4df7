// Everything can be read without this: it filters, copies and points.
'use strict';

const all = (selector, under = document) => Array.from(under.querySelectorAll(selector));
const one = (id) => document.getElementById(id);

// Shows those of `rows` that `keeps`, and says how many. Nothing to choose with: nothing to do.
function filter(ids, rows, keeps, word) {
  const [choice, text, count] = ids.map(one);
  if (!choice) return;
  const apply = () => {
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const fits = keeps(row, choice.value) && row.textContent.toLowerCase().includes(wanted);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    // A group of which nothing is left.
    for (const group of all('tbody')) {
      const own = all('tr.clause', group);
      if (own.length > 0) group.hidden = own.every((row) => row.hidden);
    }
    count.textContent = `${shown} of ${rows.length} ${word}`;
  };
  choice.addEventListener('change', apply);
  text.addEventListener('input', apply);
  apply();
}

const findings = all('.finding');
filter(['finding-state', 'finding-text', 'finding-count'], findings, (finding, choice) =>
  choice === 'all' || (choice === 'open' ? finding.dataset.open === 'yes'
                                         : finding.dataset.state === choice), 'findings');
filter(['map-cells', 'map-text', 'map-count'], all('tr.clause'), (row, choice) =>
  choice === 'all' || (choice === 'empty' ? row.dataset.empty !== '0'
                                          : row.dataset.empty === '4'), 'rules');

const setAll = (open) => () => findings.forEach((finding) => { finding.open = open; });
one('open-all')?.addEventListener('click', setAll(true));
one('close-all')?.addEventListener('click', setAll(false));

// Copying: a page from a file may not be allowed the clipboard, so that the text is selected too.
for (const button of all('.copy')) {
  button.addEventListener('click', async () => {
    const code = button.previousElementSibling;
    getSelection().selectAllChildren(code);
    let copied = false;
    try {
      await navigator.clipboard.writeText(code.textContent);
      copied = true;
    } catch {
      copied = document.execCommand('copy');
    }
    button.textContent = copied ? 'Copied' : 'Selected';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
}

// A step that is chosen says where it is; the arrow keys go from step to step.
for (const picture of all('.steps')) {
  const steps = all('.step', picture);
  const said = picture.nextElementSibling.querySelector('.chosen');
  const choose = (step) => {
    for (const other of steps) other.classList.toggle('chosen', other === step);
    said.textContent = step.getAttribute('aria-label');
  };
  steps.forEach((step, i) => {
    step.addEventListener('click', () => choose(step));
    step.addEventListener('focus', () => choose(step));
    step.addEventListener('mouseenter', () => choose(step));
    step.addEventListener('keydown', (event) => {
      const next = steps[i + (event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0)];
      if (!next || next === step) return;
      event.preventDefault();
      next.focus();
    });
  });
}

// A finding that an address names is opened, and everything for paper.
const named = location.hash.startsWith('#finding-') && one(location.hash.slice(1));
if (named) named.open = true;
addEventListener('beforeprint', setAll(true));
