package io.github.camelaiflow;

import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.store.JdbcStore;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores of a component's flows: flows that name the same one share it. Thread-safe. */
final class Stores {

    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);
    private static final List<String> MEMORY = List.of("memory");

    private final AiflowComponent component;
    private final Map<List<String>, Store> stores = new LinkedHashMap<>();

    Stores(AiflowComponent component) {
        this.component = component;
    }

    /**
     * The store a flow's definition names, or one in memory. One that cannot be reached now is tried again by whoever uses it.
     *
     * @throws DefinitionException if it can never be reached as it is named
     */
    synchronized Store store(FlowDefinition definition) {
        FlowDefinition.Store section = definition.store();
        if (section == null) {
            return stores.computeIfAbsent(MEMORY, key -> new MemoryStore(component.clock()));
        }
        // Camel has resolved the component's options: what stands in them now is meant
        boolean options = section.equals(component.defaultStore());
        String place = options
                ? "flow " + definition.flow() + ": option storeUrl of the component"
                : definition.place() + ": store";
        List<String> key = named(section, options ? (name, text) -> text : (name, text) -> resolved(place, name, text));
        Store known = stores.get(key);
        if (known == null) {
            known = opened(definition.flow(), place, section, key);
            stores.put(key, known);
        }
        return known;
    }

    private Store opened(String flow, String place, FlowDefinition.Store section, List<String> named) {
        Store store = null;
        try {
            store = section.dataSource() == null
                    ? JdbcStore.of(named.get(0), named.get(1), named.get(2), component.clock())
                    : JdbcStore.of(dataSource(place, section.dataSource()), component.clock());
            store.open();
        } catch (StoreException e) {
            if (store == null || !e.unreachable()) {
                throw new DefinitionException(List.of(place + ": " + e.getMessage()));
            }
            LOG.warn("Flow {} goes on without its store for now: {}", flow, e.getMessage());
        }
        return store;
    }

    private DataSource dataSource(String place, String bean) {
        DataSource source = component.getCamelContext().getRegistry().lookupByNameAndType(bean, DataSource.class);
        if (source == null) {
            throw new DefinitionException(
                    List.of(place + ".dataSource: must name a bean in the registry that is a javax.sql.DataSource"));
        }
        return source;
    }

    private static List<String> named(FlowDefinition.Store section, BinaryOperator<String> resolved) {
        return Arrays.asList(
                resolved.apply("url", section.url()),
                resolved.apply("username", section.username()),
                resolved.apply("password", section.password()),
                section.dataSource());
    }

    private String resolved(String place, String key, String text) {
        try {
            return text == null ? null : component.getCamelContext().resolvePropertyPlaceholders(text);
        } catch (IllegalArgumentException e) {
            // without Camel's text, which holds the whole value: it may be a password
            throw new DefinitionException(List.of(place + "." + key + ": every {{…}} in it must name a property that is"
                    + " known, or have a default"));
        }
    }

    synchronized void close() {
        stores.values().forEach(Store::close);
        stores.clear();
    }
}
