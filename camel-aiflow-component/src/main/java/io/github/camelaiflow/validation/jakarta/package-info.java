/**
 * Jakarta constraints for the fields of records: what a suite may name ({@link
 * io.github.camelaiflow.validation.jakarta.ConstraintReader}), which kinds of values its validators take, and the generated
 * beans ({@link io.github.camelaiflow.validation.jakarta.RowClass}) that carry constraints for Hibernate Validator.
 */
package io.github.camelaiflow.validation.jakarta;
