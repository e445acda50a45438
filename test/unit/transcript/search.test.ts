import fc from 'fast-check';

import { isEmptyQuery, matchesIn } from '../../../nodes/Transcript/search';
import type { SearchSettings } from '../../../nodes/Transcript/search';
import type { Transcript } from '../../../nodes/shared/transcript/transcript';
import { anyText, anyTranscript } from './arbitraries';
import { said, transcriptOf, wordsOf } from './transcripts';

function found(transcript: Transcript, query: string, more: Partial<SearchSettings> = {}) {
	return matchesIn(transcript, { query, wholeWords: true, contextWords: 0, ...more });
}

const foundIn = (text: string, query: string, more?: Partial<SearchSettings>) =>
	found(transcriptOf([said(text, 0, 1)]), query, more).map((match) => match.text);

describe('a search', () => {
	it('gives each match with its time, speaker and context', () => {
		const transcript = transcriptOf([
			said('Let us talk about the budget.', 0, 2, 'Ann'),
			said('The budget is too small, I think.', 2, 5, 'Ben'),
		]);

		expect(found(transcript, 'budget', { contextWords: 2 })).toEqual([
			{
				start: 0,
				end: 2,
				speaker: 'Ann',
				before: 'about the ',
				text: 'budget',
				after: '. The budget',
			},
			{
				start: 2,
				end: 5,
				speaker: 'Ben',
				before: 'budget. The ',
				text: 'budget',
				after: ' is too',
			},
		]);
	});

	it('takes the times of words where there are some', () => {
		const text = 'Let us talk about the budget today.';
		const transcript = transcriptOf([{ ...said(text, 0, 99), words: wordsOf(text, 10) }]);

		expect(found(transcript, 'the budget')).toMatchObject([{ start: 14, end: 16 }]);
		expect(found(transcript, 'budg', { wholeWords: false })).toMatchObject([
			{ start: 15, end: 16 },
		]);
	});

	it('takes them where words have no times of their own here and there', () => {
		const words = wordsOf('one two three').map((word, index) =>
			index === 1 ? { ...word, start: null, end: null } : word,
		);
		const transcript = transcriptOf([{ ...said('one two three', null, null), words }]);

		expect(found(transcript, 'two')).toMatchObject([{ start: 1, end: 2 }]);
	});

	it.each([
		['letter case', 'The Budget', 'budget', 'Budget'],
		['accents', 'Voilà le résumé', 'resume', 'résumé'],
		['accents in the query', 'the resume', 'résumé', 'resume'],
		[
			'accents that are written apart, of several words',
			'un cafe\u0301 noir',
			'café noir',
			'cafe\u0301 noir',
		],
		['accents that are written apart', 'cafe\u0301 noir', 'café', 'cafe\u0301'],
		['ß for ss', 'die Straße dort', 'strasse', 'Straße'],
		['ss for ß', 'DIE STRASSE', 'Straße', 'STRASSE'],
		['the capital ß', 'STRAẞE', 'straße', 'STRAẞE'],
		['the Turkish dotless i', 'kırmızı ışık', 'IŞIK', 'ışık'],
		['the Turkish dotted I', 'İstanbul’da', 'istanbul', 'İstanbul'],
		['Nordic and Polish letters', 'Łódź og København', 'kobenhavn', 'København'],
		['full-width letters', '这是ＡＢＣ公司', 'abc', 'ＡＢＣ'],
		['half-width kana', 'ｶﾞﾗｽです', 'ガラス', 'ｶﾞﾗｽ'],
		['kinds of apostrophes', 'I don’t know', "don't", 'don’t'],
		['a missing apostrophe', 'I don’t know', 'dont', 'don’t'],
		['punctuation between words', 'Well, yes!', 'well yes', 'Well, yes'],
		['hyphens', 'a follow-up call', 'follow up', 'follow-up'],
		['the final sigma', 'ΟΔΟΣ', 'οδός', 'ΟΔΟΣ'],
		['the two dots of ё', 'Ещё раз', 'еще', 'Ещё'],
		['Arabic vowel signs', 'مَدْرَسَة جديدة', 'مدرسة', 'مَدْرَسَة'],
		['ligatures', 'the ﬁnal draft', 'final', 'ﬁnal'],
		['joiners', 'می\u200cخواهم', 'میخواهم', 'می\u200cخواهم'],
	])('leaves aside %s', (_what, text, query, match) => {
		expect(foundIn(text, query)).toEqual([match]);
	});

	it.each([
		['Devanagari vowels', 'नमस्ते', 'नमसत'],
		['the marks of kana', 'がくせい', 'かくせい'],
		['й', 'мой', 'мои'],
		['words that only sound alike', 'two', 'too'],
	])('does not take %s for the same', (_what, text, query) => {
		expect(foundIn(text, query, { wholeWords: false })).toEqual([]);
	});

	it.each([
		['within a longer word', 'category cat concat', 'cat', ['cat'], ['cat', 'cat', 'cat']],
		[
			'beside punctuation',
			'(cat), cat’s "cat"',
			'cat',
			['cat', 'cat', 'cat'],
			['cat', 'cat', 'cat'],
		],
		['behind a French article', "l'homme d’État", 'homme', ['homme'], ['homme']],
		['beside digits', 'B2 B2B', 'b2', ['B2'], ['B2', 'B2']],
		['in Chinese', '我在北京大学。北京很大', '北京', null, ['北京', '北京']],
		['a part of a Chinese word', '今天天气', '天天', [], ['天天']],
		['in Thai', 'สวัสดีครับ', 'ครับ', ['ครับ'], ['ครับ']],
		['of one script within another', '用iPhone打', 'iphone', ['iPhone'], ['iPhone']],
	])('finds whole words, or any: %s', (_where, text, query, whole, any) => {
		if (whole) expect(foundIn(text, query)).toEqual(whole);
		expect(foundIn(text, query, { wholeWords: false })).toEqual(any);
	});

	it.each([
		['words', ['We met in New', 'York last year.'], 'new york', 'New York'],
		['words of a script without blanks', ['我们去北', '京看看'], '去北京', '去北京'],
		['three segments', ['one two', 'three', 'four five'], 'two three four', 'two three four'],
	])('finds what goes on in the next segment: %s', (_what, texts, query, match) => {
		const segments = texts.map((text, index) => said(text, index, index + 1, `S${index}`));
		const matches = found(transcriptOf(segments), query, { wholeWords: false });

		expect(matches).toMatchObject([{ text: match, start: 0, end: texts.length, speaker: 'S0' }]);
	});

	it.each([
		['signs that are read aloud', '50% off, 50 off', '50%', ['50%']],
		['C++', 'C, C++ and C#', 'C++', ['C++']],
		['a price', 'It is €5 or 5', '€5', ['€5']],
		['an emoji', 'fine 👍🏽 thanks', '👍🏽', ['👍🏽']],
	])('finds %s', (_what, text, query, matches) => {
		expect(foundIn(text, query, { wholeWords: false })).toEqual(matches);
	});

	it('finds each place once, and none that overlap', () => {
		expect(foundIn('ha ha ha ha', 'ha ha')).toEqual(['ha ha', 'ha ha']);
		expect(foundIn('aaaa', 'aa', { wholeWords: false })).toEqual(['aa', 'aa']);
		expect(foundIn('Straße', 's', { wholeWords: false })).toEqual(['S']);
	});

	it.each([
		['nothing', ''],
		['blanks', ' \n\u00a0'],
		['punctuation alone', '?!…'],
		['what is not seen', '\u200b\u00ad'],
	])('knows a query that holds %s', (_what, query) => {
		expect(isEmptyQuery(query)).toBe(true);
		expect(foundIn('What?! Nothing…', query)).toEqual([]);
	});

	it('looks at the text where there are no segments, and finds nothing where there is none', () => {
		const whole = transcriptOf([], { text: 'A budget.\n\nOf the year.', durationSeconds: 9 });

		expect(found(whole, 'budget of')).toMatchObject([{ start: 0, end: 9, text: 'budget. Of' }]);
		expect(found(transcriptOf([]), 'budget')).toEqual([]);
	});

	it('gives as much context as there is, in scripts without blanks by their words', () => {
		expect(
			found(transcriptOf([said('"One two three."', 0, 1)]), 'two', { contextWords: 9 }),
		).toMatchObject([{ before: '"One ', after: ' three."' }]);
		const [match] = found(transcriptOf([said('我们今天去公园玩。明天再说。', 0, 1)]), '公园', {
			wholeWords: false,
			contextWords: 1,
		});
		expect(match).toMatchObject({ before: '去', after: '玩。' });
	});

	it('finds every place in 30,000 segments', () => {
		const segments = Array.from({ length: 30_000 }, (_, index) =>
			said('Über alles, and on', index, index + 1),
		);

		expect(found(transcriptOf(segments), 'on uber', { contextWords: 3 })).toHaveLength(29_999);
	});
});

describe('a search of any transcript', () => {
	it('finds each text that stands in it', () => {
		fc.assert(
			fc.property(anyTranscript, fc.nat(), (transcript, chosen) => {
				const words = transcript.segments.flatMap(({ text }) => text.split(/\s+/));
				const query = words[chosen % words.length]!;
				fc.pre(!isEmptyQuery(query));
				expect(found(transcript, query, { wholeWords: false })).not.toEqual([]);
			}),
		);
	});

	it('gives context that stands beside the match', () => {
		const plain = (text: string) => text.replace(/[\s\p{Cc}]+/gu, '');
		fc.assert(
			fc.property(anyTranscript, anyText, fc.nat({ max: 9 }), (transcript, query, contextWords) => {
				const all = plain(transcript.segments.map(({ text }) => text).join(''));
				for (const match of found(transcript, query, { wholeWords: false, contextWords })) {
					expect(all).toContain(plain(match.before + match.text + match.after));
				}
			}),
		);
	});
});
