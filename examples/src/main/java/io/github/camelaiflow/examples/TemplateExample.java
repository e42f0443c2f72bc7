package io.github.camelaiflow.examples;

import org.apache.camel.main.Main;

/** A flow of one's own from the route template {@code aiflow-decide}. */
public final class TemplateExample {

    private TemplateExample() {}

    /** @param arguments Camel's own options */
    public static void main(String[] arguments) throws Exception {
        Main camel = new Main();
        camel.setPropertyPlaceholderLocations("classpath:template/application.properties");
        camel.run(arguments);
    }
}
