package io.github.camelaiflow.examples;

import org.apache.camel.main.Main;

/** YAML routes and application.properties, a flow of rules alone, a batch that is split. */
public final class YamlExample {

    private YamlExample() {}

    /** @param arguments Camel's own options */
    public static void main(String[] arguments) throws Exception {
        Main camel = new Main();
        camel.setPropertyPlaceholderLocations("classpath:yaml/application.properties");
        camel.run(arguments);
    }
}
