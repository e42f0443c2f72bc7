/**
 * Suggests a suite from sample records: {@link io.github.camelaiflow.validation.suggest.Sample} keeps what it sees in bounded
 * memory, {@link io.github.camelaiflow.validation.suggest.SuiteSuggester} explores one part of it for what could be expected,
 * and measures on the other how far it can be promised of a later batch.
 */
package io.github.camelaiflow.validation.suggest;
