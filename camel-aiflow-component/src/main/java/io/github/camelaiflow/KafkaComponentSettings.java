package io.github.camelaiflow;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;

/** How Camel's component kafka reaches its brokers. Needs camel-kafka; ask {@link #available} first. */
final class KafkaComponentSettings {

    private KafkaComponentSettings() {}

    /** Whether camel-kafka is there. */
    static boolean available(CamelContext context) {
        return context.getClassResolver().resolveClass("org.apache.camel.component.kafka.KafkaComponent") != null;
    }

    /** {@code bootstrap.servers} and what concerns security, by Kafka's names; the component's additional properties too. */
    static Map<String, Object> of(CamelContext context) {
        KafkaConfiguration configuration =
                context.getComponent("kafka", KafkaComponent.class).getConfiguration();
        Map<String, Object> settings = new TreeMap<>();
        if (configuration.getBrokers() != null) {
            settings.put("bootstrap.servers", configuration.getBrokers());
        }
        if (!"PLAINTEXT".equals(configuration.getSecurityProtocol())) {
            Properties all = configuration.createConsumerProperties();
            for (String name : all.stringPropertyNames()) {
                if (name.startsWith("security.") || name.startsWith("sasl.") || name.startsWith("ssl.")) {
                    settings.put(name, all.get(name));
                }
            }
        }
        settings.putAll(configuration.getAdditionalProperties());
        return settings;
    }
}
