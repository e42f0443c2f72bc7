/** Says what is wrong with records, all of it: expectations and Jakarta constraints, evaluated by Hibernate Validator. */
package io.github.camelaiflow.validation;
