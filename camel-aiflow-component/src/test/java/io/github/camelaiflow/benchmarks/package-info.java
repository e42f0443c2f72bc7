/** What the steps cost, measured with JMH: {@code mvn -B -pl camel-aiflow-component verify -Pbench -DskipTests}. */
package io.github.camelaiflow.benchmarks;
