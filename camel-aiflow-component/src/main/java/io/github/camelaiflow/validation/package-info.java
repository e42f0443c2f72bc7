/**
 * Says what is wrong with records, all of it: expectations as Great Expectations (GX) writes them, the fields of a schema
 * and Jakarta constraints, evaluated together by Hibernate Validator. {@link SuiteReader} reads a suite,
 * {@link RecordValidator} judges records by it, {@link ValidationResult} holds the verdict.
 */
package io.github.camelaiflow.validation;
