/** Models of Tribuo's protobuf format. */
package io.github.camelaiflow.model.tribuo;
