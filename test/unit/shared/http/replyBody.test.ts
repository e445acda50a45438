import { isWebPage } from '../../../../nodes/shared/http/replyBody';

describe('a web page in the place of a reply', () => {
	it.each([
		['text/html', ''],
		['text/html; charset=utf-8', 'x'],
		[undefined, '<!DOCTYPE html><html>'],
		[undefined, '\n  <html lang="en">'],
	])('is known by %j and %j', (contentType, body) => {
		expect(isWebPage({ headers: { 'content-type': contentType }, body })).toBe(true);
	});

	it.each([
		['application/json', '{}'],
		['text/plain', '1\n00:00:00,000 --> 00:00:01,000\n<html> is a word'],
		[undefined, undefined],
		[undefined, { html: true }],
		['text/vtt', 'WEBVTT'],
	])('is not suspected in %j and %j', (contentType, body) => {
		expect(isWebPage({ headers: { 'content-type': contentType }, body })).toBe(false);
	});
});
