/** Model files are untrusted: what is checked before a parser sees a byte, and what is taken at all. */
package io.github.camelaiflow.model.files;
