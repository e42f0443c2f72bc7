package io.github.camelaiflow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Options of {@code aiflow:deliver}. */
@UriParams
public class DeliverConfiguration implements Cloneable {

    @UriParam(
            label = "consumer,deliver",
            defaultValue = "exactly-once",
            enums = "exactly-once,at-least-once,database",
            description =
                    "How decisions and dead letters become visible: exactly-once commits them and the offsets in one Kafka"
                            + " transaction a batch; at-least-once first them, then the offsets; database writes them and the offsets in"
                            + " one transaction of the flow's store.")
    private String delivery = "exactly-once";

    @UriParam(
            label = "consumer,deliver",
            description = "Comma-separated Kafka topics whose records are delivered. Required.")
    private String topic;

    @UriParam(
            label = "consumer,deliver",
            description =
                    "Kafka topic of the decisions. Required, but for delivery=database: there the store's outbox sends"
                            + " them on, if a topic is given.")
    private String out;

    @UriParam(
            label = "consumer,deliver",
            description =
                    "Kafka topic of dead letters. Required, but for delivery=database, which keeps them as rows; there the"
                            + " store's outbox sends them on, too, if a topic is given.")
    private String dead;

    @UriParam(label = "consumer,deliver", description = "The consumer group. By default the name of the flow.")
    private String groupId;

    @UriParam(
            label = "consumer,deliver",
            description = "Kafka's bootstrap servers. By default those of the component kafka.")
    private String brokers;

    @UriParam(
            label = "consumer,deliver",
            description =
                    "Name of this process among those that deliver the same topic, and the same after a restart: it is a"
                            + " static member of the group then and continues at once. Two processes must not have the same. By"
                            + " default the component's option node, or none: then a killed process is missed after sessionTimeout.")
    private String instance;

    @UriParam(
            label = "consumer,deliver",
            defaultValue = "1",
            description = "How many threads deliver; each has partitions of its own.")
    private int consumersCount = 1;

    @UriParam(label = "consumer,deliver", defaultValue = "200", description = "How many records a batch has at most.")
    private int maxPollRecords = 200;

    @UriParam(
            label = "consumer,deliver",
            defaultValue = "6000",
            javaType = "java.time.Duration",
            description = "After what time without a heartbeat another process takes over.")
    private long sessionTimeout = 6000;

    @UriParam(
            label = "consumer,deliver",
            defaultValue = "10000",
            javaType = "java.time.Duration",
            description = "After what time the broker ends the transaction of a process that is gone. Steps run before"
                    + " a transaction begins, so their time doesn't count.")
    private long transactionTimeout = 10_000;

    @UriParam(
            label = "consumer,deliver",
            description =
                    "Data format that records are decoded by, a bean (#name) or a name of Camel's. One that cannot be"
                            + " decoded becomes a dead letter. By default, or by none, the steps get the bytes as they are;"
                            + " JSON needs no more.")
    private String unmarshal;

    @UriParam(
            label = "consumer,deliver",
            defaultValue = "true",
            description =
                    "Whether the records of a poll are one exchange, with a list of them as the body, which steps work on as"
                            + " one call; the route must leave a list with a body for each, as aiflow:decision-json does. If not,"
                            + " each is an exchange of its own, committed together all the same.")
    private boolean batch = true;

    @UriParam(
            label = "consumer,deliver",
            defaultValue = "20",
            description =
                    "How often a batch whose failure may pass (a model that is away, not wrong data) is tried again, with"
                            + " growing pauses, before the records that fail become dead letters; -1 for as long as it takes.")
    private int maximumRedeliveries = 20;

    @UriParam(
            label = "consumer,deliver,advanced",
            prefix = "kafka.",
            multiValue = true,
            description =
                    "Further settings of the Kafka clients, such as kafka.security.protocol. Those that the promise"
                            + " stands on are refused. By default those of the component kafka.")
    private Map<String, Object> kafkaProperties = new LinkedHashMap<>();

    /** A copy of its own. */
    public DeliverConfiguration copy() {
        try {
            DeliverConfiguration copy = (DeliverConfiguration) clone();
            copy.kafkaProperties = new LinkedHashMap<>(kafkaProperties);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    public String getDelivery() {
        return delivery;
    }

    public void setDelivery(String delivery) {
        this.delivery = Options.oneOf("delivery", delivery, "exactly-once", "at-least-once", "database");
    }

    public String getTopic() {
        return topic;
    }

    public void setTopic(String topic) {
        this.topic = topic;
    }

    public String getOut() {
        return out;
    }

    public void setOut(String out) {
        this.out = out;
    }

    public String getDead() {
        return dead;
    }

    public void setDead(String dead) {
        this.dead = dead;
    }

    public String getGroupId() {
        return groupId;
    }

    public void setGroupId(String groupId) {
        this.groupId = groupId;
    }

    public String getBrokers() {
        return brokers;
    }

    public void setBrokers(String brokers) {
        this.brokers = brokers;
    }

    public String getInstance() {
        return instance;
    }

    public void setInstance(String instance) {
        this.instance = instance;
    }

    public int getConsumersCount() {
        return consumersCount;
    }

    public void setConsumersCount(int consumersCount) {
        this.consumersCount = Math.toIntExact(Options.positive("consumersCount", (long) consumersCount));
    }

    public int getMaxPollRecords() {
        return maxPollRecords;
    }

    public void setMaxPollRecords(int maxPollRecords) {
        this.maxPollRecords = Math.toIntExact(Options.positive("maxPollRecords", (long) maxPollRecords));
    }

    public long getSessionTimeout() {
        return sessionTimeout;
    }

    public void setSessionTimeout(long sessionTimeout) {
        this.sessionTimeout = Options.positive("sessionTimeout", sessionTimeout);
    }

    public long getTransactionTimeout() {
        return transactionTimeout;
    }

    public void setTransactionTimeout(long transactionTimeout) {
        this.transactionTimeout = Options.positive("transactionTimeout", transactionTimeout);
    }

    public String getUnmarshal() {
        return unmarshal;
    }

    public void setUnmarshal(String unmarshal) {
        this.unmarshal = unmarshal;
    }

    public boolean isBatch() {
        return batch;
    }

    public void setBatch(boolean batch) {
        this.batch = batch;
    }

    public int getMaximumRedeliveries() {
        return maximumRedeliveries;
    }

    public void setMaximumRedeliveries(int maximumRedeliveries) {
        if (maximumRedeliveries < -1) {
            throw new IllegalArgumentException(
                    "maximumRedeliveries must be -1 (for ever), 0 or more, was " + maximumRedeliveries);
        }
        this.maximumRedeliveries = maximumRedeliveries;
    }

    public Map<String, Object> getKafkaProperties() {
        return kafkaProperties;
    }

    public void setKafkaProperties(Map<String, Object> kafkaProperties) {
        this.kafkaProperties = kafkaProperties;
    }
}
