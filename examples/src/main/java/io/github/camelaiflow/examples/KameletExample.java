package io.github.camelaiflow.examples;

import org.apache.camel.main.Main;

/** The steps as Kamelets. */
public final class KameletExample {

    private KameletExample() {}

    /** @param arguments Camel's own options */
    public static void main(String[] arguments) throws Exception {
        Main camel = new Main();
        camel.setPropertyPlaceholderLocations("classpath:kamelet/application.properties");
        camel.run(arguments);
    }
}
