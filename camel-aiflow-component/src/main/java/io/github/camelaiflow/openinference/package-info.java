/**
 * The messages of the Open Inference Protocol v2 over HTTP, JSON and binary, read and written: the client and the server both
 * stand on it. What is read is untrusted; what is wrong with it is one exception. Knows no feature and no transport.
 */
package io.github.camelaiflow.openinference;
