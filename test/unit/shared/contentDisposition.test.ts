import contentDisposition from 'content-disposition';

import { fileNameFrom } from '../../../nodes/shared/contentDisposition';

const nameIn = (header: unknown) =>
	fileNameFrom({ 'content-disposition': header } as Record<string, string>);

describe('the file name in a Content-Disposition', () => {
	it.each([
		'interview.srt',
		'Grüße aus Köln.docx',
		'会議の記録.pdf',
		'réunion 🎧 n°1.txt',
		"it's (100%) done*.vtt",
		'semi;colon="quoted".md',
		'.hidden',
		'-rf.json',
		'%41%42.txt',
		'a'.repeat(251) + '.txt',
	])('is read as another library wrote it: %j', (name) => {
		expect(nameIn(contentDisposition(name))).toBe(name);
	});

	it('is read where only old clients were thought of', () => {
		expect(nameIn(contentDisposition('plain.txt', { fallback: false }))).toBe('plain.txt');
		expect(nameIn('attachment; filename=plain.txt')).toBe('plain.txt');
		expect(nameIn('attachment;filename="a b.txt"')).toBe('a b.txt');
		expect(nameIn('attachment; FileName="a \\"b\\".txt"')).toBe('a "b".txt');
	});

	it('is the extended one, wherever it stands', () => {
		expect(nameIn(`attachment; filename*=UTF-8''%e2%82%ac.txt; filename="EURO.txt"`)).toBe('€.txt');
		expect(nameIn(`attachment; filename="EURO.txt"; filename*=utf-8'en'%e2%82%ac.txt`)).toBe(
			'€.txt',
		);
	});

	it('is read in Latin-1 where it says so', () => {
		expect(nameIn("attachment; filename*=ISO-8859-1''na%EFve.txt")).toBe('naïve.txt');
	});

	it('is read where a server put UTF-8 or Latin-1 there as it is', () => {
		const asReceived = Buffer.from('attachment; filename="Köln.txt"', 'utf8').toString('latin1');
		expect(nameIn(asReceived)).toBe('Köln.txt');
		expect(nameIn('attachment; filename="K\u00f6ln.txt"')).toBe('Köln.txt');
	});

	it.each([
		['attachment; filename*=UTF-8\'\'%zz.txt; filename="plain.txt"'],
		['attachment; filename*=UTF-8\'\'%ff%fe.txt; filename="plain.txt"'],
		['attachment; filename*=KOI8-R\'\'%c1.txt; filename="plain.txt"'],
		['attachment; filename*=plain; filename="plain.txt"'],
		['attachment; filename*=UTF-8\'\'; filename="plain.txt"'],
	])('is the plain one where the extended one is malformed: %s', (header) => {
		expect(nameIn(header)).toBe('plain.txt');
	});

	it.each([
		['attachment; filename="../../etc/passwd"', 'passwd'],
		['attachment; filename="C:\\\\temp\\\\a.txt"', 'a.txt'],
		["attachment; filename*=UTF-8''..%2F..%2Fa.txt", 'a.txt'],
		["attachment; filename*=UTF-8''a%0D%0Ab%00.txt", 'ab.txt'],
	])('names no folder and holds no control character: %s', (header, name) => {
		expect(nameIn(header)).toBe(name);
	});

	it.each([
		undefined,
		null,
		7,
		'',
		'attachment',
		'inline; name="a.txt"',
		'attachment; filename=""',
		'attachment; filename=".."',
		`attachment; filename="${'a'.repeat(256)}"`,
	])('is none in %j', (header) => {
		expect(nameIn(header)).toBeNull();
	});

	it('is found in a long header without end at once', () => {
		const started = performance.now();
		nameIn(`attachment${'; a="\\'.repeat(20_000)}`);
		expect(performance.now() - started).toBeLessThan(1000);
	});
});
