/**
 * Says what is wrong with records, all of it: expectations as Great Expectations (GX) writes them, the fields of a schema
 * and Jakarta constraints of beans, evaluated together by Hibernate Validator. {@link SuiteReader} reads a suite,
 * {@link RecordValidator} judges records by it, {@link ValidationResult} holds the verdict. An expectation is a class
 * that implements {@link ValueCheck} and one line in {@link ValueChecks}.
 */
package io.github.camelaiflow.validation;

import io.github.camelaiflow.validation.expectations.ValueCheck;
import io.github.camelaiflow.validation.expectations.ValueChecks;
