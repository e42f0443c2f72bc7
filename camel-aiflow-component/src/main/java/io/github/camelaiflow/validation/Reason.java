package io.github.camelaiflow.validation;

/**
 * Why a record fails. Holds no value of the record.
 *
 * @param field the field, or the property path of a bean without the keys of maps ({@code items[2].price})
 * @param expectation GX's name of the expectation, or the simple name of the Jakarta constraint
 * @param severity what follows
 * @param message what is required, as the end of a sentence that begins with the field's name
 */
public record Reason(String field, String expectation, Severity severity, String message) {}
