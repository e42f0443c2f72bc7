package io.github.camelaiflow.it.lint;

import org.apache.camel.impl.DefaultCamelContext;

/** A context that ends with its block. */
final class LabContext extends DefaultCamelContext {

    @Override
    public void close() {
        stop();
    }
}
