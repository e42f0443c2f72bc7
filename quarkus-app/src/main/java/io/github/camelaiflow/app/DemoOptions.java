package io.github.camelaiflow.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The demo's properties, {@code demo.…}. */
@ConfigMapping(prefix = "demo")
interface DemoOptions {

    /** Whether generated claims flow through the claims route after the start. */
    @WithDefault("true")
    boolean enabled();

    /** How many claims. */
    @WithDefault("6000")
    int claims();

    /** Seed of the claims: the same seed, the same claims. */
    @WithDefault("42")
    long seed();

    /** Claims a second. */
    @WithDefault("1000")
    int rate();

    /** Number of the first claim after the planted drift; from the number of claims on: none. */
    @WithDefault("3000")
    long driftFrom();

    /** Time between two lines of the summary. */
    @WithDefault("1s")
    Duration every();

    /** How long nothing may come back before the demo gives up on what is missing. */
    @WithDefault("60s")
    Duration patience();

    /** What claims are written as, avro or json: what the claims routes read. */
    @WithDefault("avro")
    String format();

    /** Where the demo sends claims: where the claims route takes them from. */
    String to();

    /** Where the demo sends the truth about claims: where the claims routes take labels from. */
    String labels();

    /** Where the demo reads decisions: where the claims route sends them. */
    String decided();

    /** Where the demo reads dead letters: where the claims route sends them. */
    String dead();
}
