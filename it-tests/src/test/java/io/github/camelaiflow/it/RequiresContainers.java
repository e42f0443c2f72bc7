package io.github.camelaiflow.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

/** Reported as skipped where no Docker runs, or with {@code -Daiflow.containers=off} where no image can be had. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(named = "aiflow.containers", matches = "off", disabledReason = "-Daiflow.containers=off")
@EnabledIfDockerAvailable
@interface RequiresContainers {}
