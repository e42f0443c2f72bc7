package io.github.camelaiflow;

import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.Ledger;
import io.github.camelaiflow.delivery.database.DatabaseCommit;
import io.github.camelaiflow.delivery.database.Rows;
import io.github.camelaiflow.delivery.kafka.DeliveryConfig;
import io.github.camelaiflow.delivery.kafka.KafkaDelivery;
import io.github.camelaiflow.delivery.kafka.KafkaPublisher;
import io.github.camelaiflow.delivery.outbox.OutboxRelay;
import io.github.camelaiflow.management.LedgerManagement;
import io.github.camelaiflow.store.Store;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.EndpointHelper;

/** Takes records from Kafka, has the route decide about them, and makes what it decided and the offsets visible together. */
final class DeliverConsumer extends DefaultConsumer implements Suspendable {

    /** Said for option unmarshal where a property must say something. */
    private static final String AS_IT_COMES = "none";

    private final AiflowEndpoint endpoint;
    private final Ledger ledger = new Ledger();
    private final Runnable takeNoMore = this::takeNoMore;
    private DeliverDetails details;
    private LedgerManagement management;
    private volatile KafkaDelivery delivery;
    private OutboxRelay relay;
    /** Name of the route as one that sends the flow's outbox; {@code null} if it isn't. */
    private String sender;

    DeliverConsumer(AiflowEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (delivery == null) {
            begin();
        }
    }

    private void begin() throws Exception {
        DeliverConfiguration options = endpoint.getDeliver();
        DeliveryConfig config = config(options);
        DataFormat format = format(options.getUnmarshal());
        DeliverExchanges exchanges =
                new DeliverExchanges(new Behind(), format, options.isBatch(), options.getMaximumRedeliveries());
        boolean sends =
                config.mode() == DeliveryMode.DATABASE && (config.outTopic() != null || config.deadTopic() != null);
        details = new DeliverDetails(endpoint.getCamelContext(), sends);
        management = LedgerManagement.register(
                endpoint.getCamelContext(),
                config.route(),
                endpoint.getName(),
                config.mode(),
                ledger,
                endpoint.getComponent().clock(),
                details);
        try {
            if (config.mode() == DeliveryMode.DATABASE) {
                beginInStore(config, exchanges);
            } else {
                delivery = KafkaDelivery.start(config, exchanges, management);
            }
        } catch (RuntimeException e) {
            withdraw();
            throw e;
        }
        details.watch(delivery);
        endpoint.getComponent().draining().add(takeNoMore);
    }

    private void beginInStore(DeliveryConfig config, DeliverExchanges exchanges) {
        String flow = endpoint.getName();
        Store store = endpoint.getComponent()
                .storeOf(flow)
                .filter(Store::durable)
                .orElseThrow(() -> new IllegalArgumentException(
                        endpoint + ": delivery=database needs a store in the definition of flow " + flow
                                + " (store: {url: …}), and a step of that flow in a started route"));
        if (details.hasOutbox()) {
            sender = config.route();
            endpoint.getComponent().outboxSenders().add(flow, endpoint.toString(), config);
        }
        endpoint.getComponent().ticks().start(Ticks.Kind.STORE);
        Rows rows = new Rows(
                flow,
                config.outTopic(),
                config.deadTopic(),
                endpoint.getComponent().clock());
        delivery = KafkaDelivery.start(
                config,
                (thread, consumer) -> new DatabaseCommit(
                        store.deliveries(flow), rows, () -> UUID.randomUUID().toString()),
                exchanges,
                management);
        if (details.hasOutbox()) {
            relay = OutboxRelay.start(
                    store,
                    flow,
                    // of two routes of a flow one sends, too
                    endpoint.getComponent().nodeOfRun() + "-" + config.route(),
                    KafkaPublisher.of(config, flow),
                    OutboxRelay.Settings.DEFAULT,
                    endpoint.getComponent().clock(),
                    DeliverConsumer::daemon);
            details.watch(store.outbox(flow), relay);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    private DeliveryConfig config(DeliverConfiguration options) {
        Map<String, Object> clients = clients(options);
        String brokers =
                options.getBrokers() == null ? (String) clients.get("bootstrap.servers") : options.getBrokers();
        clients.remove("bootstrap.servers");
        Map<String, String> properties = new HashMap<>();
        clients.forEach((name, value) -> properties.put(name, String.valueOf(value)));
        try {
            return DeliveryConfig.of(getRouteId() == null ? endpoint.getName() : getRouteId())
                    .mode(DeliveryMode.valueOf(
                            options.getDelivery().toUpperCase(Locale.ROOT).replace('-', '_')))
                    .brokers(brokers)
                    .topics(topics(options.getTopic()))
                    .outTopic(options.getOut())
                    .deadTopic(options.getDead())
                    .groupId(options.getGroupId() == null ? endpoint.getName() : options.getGroupId())
                    .instance(instance(options))
                    .consumersCount(options.getConsumersCount())
                    .maxPollRecords(options.getMaxPollRecords())
                    .sessionTimeout(Duration.ofMillis(options.getSessionTimeout()))
                    .heartbeatInterval(heartbeat(options.getSessionTimeout()))
                    .transactionTimeout(Duration.ofMillis(options.getTransactionTimeout()))
                    .properties(properties)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(endpoint + ": " + e.getMessage(), e);
        }
    }

    private Map<String, Object> clients(DeliverConfiguration options) {
        Map<String, Object> clients = new TreeMap<>();
        if (KafkaComponentSettings.available(endpoint.getCamelContext())) {
            clients.putAll(KafkaComponentSettings.of(endpoint.getCamelContext()));
        }
        clients.putAll(options.getKafkaProperties());
        return clients;
    }

    private String instance(DeliverConfiguration options) {
        String instance =
                options.getInstance() == null ? endpoint.getComponent().getNode() : options.getInstance();
        return instance == null || instance.isBlank() ? null : instance;
    }

    private static String[] topics(String topics) {
        return topics == null
                ? new String[0]
                : Arrays.stream(topics.split(",", -1)).map(String::strip).toArray(String[]::new);
    }

    private static Duration heartbeat(long sessionTimeout) {
        return Duration.ofMillis(Math.min(1000, sessionTimeout / 3));
    }

    private DataFormat format(String name) throws Exception {
        if (name == null || name.isBlank() || name.equals(AS_IT_COMES)) {
            return null;
        }
        DataFormat format = EndpointHelper.isReferenceParameter(name)
                ? CamelContextHelper.mandatoryLookup(endpoint.getCamelContext(), name.substring(1), DataFormat.class)
                : endpoint.getCamelContext().resolveDataFormat(name);
        if (format == null) {
            throw new IllegalArgumentException(
                    endpoint + ": unmarshal must name a data format of Camel's or, with #, a bean; was " + name);
        }
        // Routes share it by its name: it ends with the context
        endpoint.getCamelContext().addService(format, true, true);
        return format;
    }

    @Override
    protected void doSuspend() throws Exception {
        end();
    }

    @Override
    protected void doResume() throws Exception {
        begin();
    }

    @Override
    protected void doStop() throws Exception {
        end();
        super.doStop();
    }

    private void end() throws InterruptedException {
        Draining draining = endpoint.getComponent().draining();
        draining.remove(takeNoMore);
        Draining.Times times = draining.begin(endpoint.getCamelContext());
        try {
            KafkaDelivery ending = delivery;
            delivery = null;
            if (ending != null) {
                ending.stop(times.finish(), times.abandon());
            }
        } finally {
            endOthers(times);
        }
    }

    private void endOthers(Draining.Times times) throws InterruptedException {
        OutboxRelay relaying = relay;
        relay = null;
        try {
            if (relaying != null) {
                relaying.stop(times.publish());
            }
        } finally {
            withdraw();
        }
    }

    /** From what others know of it. */
    private void withdraw() {
        if (management != null) {
            management.close();
            management = null;
            details.close();
        }
        if (sender != null) {
            endpoint.getComponent().outboxSenders().remove(endpoint.getName(), sender);
            sender = null;
        }
    }

    /** Another route is stopped with the context, as this one will be. */
    private void takeNoMore() {
        KafkaDelivery draining = delivery;
        if (draining != null) {
            draining.drain();
        }
    }

    /** The steps of the route. */
    private final class Behind implements DeliverExchanges.Deliveries {

        @Override
        public String flow() {
            return endpoint.getName();
        }

        @Override
        public String id() {
            return getRouteId();
        }

        @Override
        public Exchange create() {
            return createExchange(false);
        }

        @Override
        public void run(Exchange exchange) {
            try {
                getProcessor().process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            }
        }

        @Override
        public void release(Exchange exchange) {
            releaseExchange(exchange, false);
        }

        @Override
        public boolean stopping() {
            return !isRunAllowed() || endpoint.getCamelContext().isStopping();
        }
    }
}
