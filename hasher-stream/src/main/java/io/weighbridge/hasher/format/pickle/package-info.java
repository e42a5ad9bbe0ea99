/**
 * Reads Python's pickles as data. {@link io.weighbridge.hasher.format.pickle.PickleMachine} is where to begin: it walks the opcodes, keeps a
 * stack and a memo, and gives the value that the pickle describes, made of {@code Py*} values, longs, doubles, booleans and strings. Nothing in a pickle is ever
 * looked up or run: what only a call would tell is an inert {@link io.weighbridge.hasher.format.pickle.PyObject}. What a reader knows beyond that, it tells by
 * {@link io.weighbridge.hasher.format.pickle.PersistentIds} and {@link io.weighbridge.hasher.format.pickle.KnownCalls}.
 */
package io.weighbridge.hasher.format.pickle;
