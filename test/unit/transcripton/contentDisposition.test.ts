import contentDisposition from 'content-disposition';
import fc from 'fast-check';

import { fileNameFrom } from '../../../nodes/Transcripton/contentDisposition';

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

	it.each([
		['attachment; filename="first.txt"; filename="second.txt"', 'first.txt'],
		['attachment; filename=first.txt; filename=second.txt', 'first.txt'],
		['attachment; FILENAME="first.txt"; filename="second.txt"', 'first.txt'],
		["attachment; filename*=UTF-8''first.txt; filename*=UTF-8''second.txt", 'first.txt'],
		['attachment; filename=""; filename="second.txt"', 'second.txt'],
		['attachment; filename=; filename="second.txt"', 'second.txt'],
		["attachment; filename*=UTF-8''%zz; filename*=UTF-8''second.txt", 'second.txt'],
	])('is the first that is one, of two: %s', (header, name) => {
		expect(nameIn(header)).toBe(name);
	});

	it.each([
		[['attachment; filename="first.txt"', 'attachment; filename="second.txt"'], 'first.txt'],
		[['inline', 'attachment; filename="second.txt"'], 'second.txt'],
		['attachment; filename="first.txt", attachment; filename="second.txt"', 'first.txt'],
		['attachment; filename=first.txt, attachment; filename=second.txt', 'first.txt'],
		['attachment; filename=first.txt, inline', 'first.txt'],
		[['attachment', null, 7], null],
		[[], null],
	])('is found where the header came several times: %j', (header, name) => {
		expect(nameIn(header)).toBe(name);
	});

	it.each([
		['attachment; filename="a;b,c.txt"; size=1', 'a;b,c.txt'],
		['attachment; filename=Smith, John.txt', 'Smith, John.txt'],
		['attachment; filename=a b.txt ; size=1', 'a b.txt'],
		['attachment; filename="a.txt', 'a.txt'],
		['attachment; filename="a b; c.txt', 'a b; c.txt'],
		['attachment; filename="a.txt\\', 'a.txt'],
		['attachment; filename="a.txt"garbage; size=1', 'a.txt'],
		["attachment; filename='a.txt'", "'a.txt'"],
		['attachment;filename = "a.txt"', 'a.txt'],
		['filename="a.txt"', 'a.txt'],
		[`attachment; filename*="UTF-8''%e2%82%ac.txt"`, '€.txt'],
		['ATTACHMENT; FILENAME=A.TXT', 'A.TXT'],
		['attachment; x="filename=no.txt"; filename="yes.txt"', 'yes.txt'],
		['attachment; xfilename="no.txt"; filename="yes.txt"', 'yes.txt'],
	])('is read as browsers read it, however clumsily it is written: %s', (header, name) => {
		expect(nameIn(header)).toBe(name);
	});

	it.each([
		['my%20call.srt', 'my call.srt'],
		['%E4%BC%9A%E8%AD%B0.srt', '会議.srt'],
		['..%2F..%2Fa.txt', 'a.txt'],
		['100%.txt', '100%.txt'],
		['100%zz.txt', '100%zz.txt'],
		['%ff%fe.txt', '%ff%fe.txt'],
		['a+b.txt', 'a+b.txt'],
	])('is decoded where a plain one was written for a URL: %s', (written, name) => {
		expect(nameIn(`attachment; filename="${written}"`)).toBe(name);
	});

	it.each([
		['=?UTF-8?B?S8O2bG4udHh0?=', 'Köln.txt'],
		['=?utf-8?q?K=C3=B6ln_am_Rhein.txt?=', 'Köln am Rhein.txt'],
		['=?ISO-8859-1?Q?K=F6ln.txt?=', 'Köln.txt'],
		['=?UTF-8?B?S8O2bG4=?= =?UTF-8?Q?.txt?=', 'Köln.txt'],
		['=?KOI8-R?B?wQ==?=.txt', '=?KOI8-R?B?wQ==?=.txt'],
		['=?UTF-8?X?a?=.txt', '=?UTF-8?X?a?=.txt'],
	])('is decoded where a plain one was written for mail: %s', (written, name) => {
		expect(nameIn(`attachment; filename="${written}"`)).toBe(name);
	});

	it('may hold the character that stands for unreadable ones', () => {
		expect(nameIn("attachment; filename*=UTF-8''%EF%BF%BD.txt")).toBe('\ufffd.txt');
	});

	it('is what another library reads, of whatever that library writes', () => {
		const names = fc
			.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
			.filter((text) => !/[\p{C}\p{Z}/\\]/u.test(text) && !/^\.+$/.test(text));
		fc.assert(
			fc.property(names, fc.constantFrom('attachment', 'inline'), (name, type) => {
				const header = contentDisposition(name, { type });
				expect(nameIn(header)).toBe(contentDisposition.parse(header).parameters.filename);
			}),
		);
	});

	// a search that goes back over it for each part would take hours
	it.each(['; a="\\', '; b=" ', '; c=a,', '=?UTF-8?Q?', '%zz', ' '])(
		'is found in a header that repeats %j many times',
		(part) => {
			const long = part.repeat(20_000);

			expect(nameIn(`attachment; filename="a.txt"; d="${long}`)).toBe('a.txt');
			expect(nameIn(`x${long}`)).toBeNull();
		},
	);

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
});
