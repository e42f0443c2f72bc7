package io.github.camelaiflow;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node acts for a flow or leaves that to another one: Camel's cluster service knows. Without one every node acts, and
 * what must be once is so by the store. It is asked anew before each act; nothing is done on a change. Thread-safe; no question waits.
 */
final class Leadership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final String flow;
    private final CamelClusterService service;
    private final CamelClusterView view;
    private final AtomicBoolean led = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();

    /**
     * @param service {@code null} for none
     * @throws RuntimeCamelException if the service cannot take part
     */
    Leadership(CamelClusterService service, String flow) {
        this.flow = flow;
        this.service = service;
        try {
            this.view = service == null ? null : service.getView(namespace(flow));
        } catch (Exception e) {
            throw new RuntimeCamelException("The cluster service of flow " + flow + " cannot be used", e);
        }
    }

    /** A name that is a file name and a DNS label, as Kubernetes wants it; flows that differ have names that do. */
    static String namespace(String flow) {
        String plain = flow.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        return plain.equals(flow) && plain.length() <= 40 && !plain.endsWith("-")
                ? "aiflow-" + plain
                : "aiflow-" + plain.substring(0, Math.min(30, plain.length())) + "-"
                        + Integer.toHexString(flow.hashCode());
    }

    boolean leads() {
        if (view == null) {
            return true;
        }
        boolean leads = view.getLocalMember().isLeader();
        if (led.getAndSet(leads) != leads) {
            LOG.info(
                    "Flow {}: this node {}",
                    flow,
                    leads ? "leads and acts" : "no longer leads: it watches and does not act");
        }
        return leads;
    }

    /** Lets another node lead at once. */
    @Override
    public void close() {
        if (view == null || released.getAndSet(true)) {
            return;
        }
        try {
            service.releaseView(view);
        } catch (Exception e) {
            LOG.warn("Flow {} could not give its leadership back; it ends with its time", flow, e);
        }
    }
}
