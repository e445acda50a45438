import { JSON_HEADERS } from '../../../../nodes/shared/http/apiCall';
import { frozen } from '../../../../nodes/shared/core/frozen';
import { packCredentialTypes } from '../../harness';
import * as providers from '../providers';

/** The places in a constant that somebody could write to. */
function openPlaces(constant: object, path: string): string[] {
	const parts = Object.entries(constant).flatMap(([name, part]) =>
		typeof part === 'object' && part !== null ? openPlaces(part as object, `${path}.${name}`) : [],
	);
	return Object.isFrozen(constant) ? parts : [path, ...parts];
}

describe('a constant that calls share', () => {
	it('throws where somebody writes to it, at any depth', () => {
		const constant = frozen({ outer: 1, list: [{ inner: 1 }], read: () => 1 });

		expect(() => Object.assign(constant, { outer: 2 })).toThrow(TypeError);
		expect(() => constant.list.push({ inner: 2 })).toThrow(TypeError);
		expect(() => Object.assign(constant.list[0]!, { inner: 2 })).toThrow(TypeError);
		expect(constant).toMatchObject({ outer: 1, list: [{ inner: 1 }] });
	});

	it('is frozen to its ground: the headers of JSON and all that shared code knows of a provider', () => {
		const constants = { JSON_HEADERS, ...providers };
		const open = Object.entries(constants).flatMap(([name, one]) => openPlaces(one, name));

		expect(Object.keys(providers)).toHaveLength(packCredentialTypes().length);
		expect(open).toEqual([]);
	});
});
