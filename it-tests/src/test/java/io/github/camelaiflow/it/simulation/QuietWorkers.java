package io.github.camelaiflow.it.simulation;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Thousands of workers fail in all ways: what they log of it is of no use and takes longer than they do. */
abstract class QuietWorkers {

    private static final String WORKERS = "io.github.camelaiflow.delivery";
    private static Level before;

    @BeforeAll
    static void quiet() {
        before = LogManager.getLogger(WORKERS).getLevel();
        Configurator.setLevel(WORKERS, Level.OFF);
    }

    @AfterAll
    static void loud() {
        Configurator.setLevel(WORKERS, before);
    }
}
