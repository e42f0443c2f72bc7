package io.github.camelaiflow.records;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The readable properties of a bean class or the components of a Java record, found once per class. */
final class BeanProperties {

    private static final ClassValue<BeanProperties> CACHE = new ClassValue<>() {
        @Override
        protected BeanProperties computeValue(Class<?> type) {
            Map<String, Method> readers = find(type);
            return readers.isEmpty() ? NONE : new BeanProperties(readers);
        }
    };
    private static final BeanProperties NONE = new BeanProperties(Map.of());

    private final Map<String, Method> readers;

    private BeanProperties(Map<String, Method> readers) {
        this.readers = readers;
    }

    /** The properties of the class; {@code null} if it is no bean (a JDK class, an array, or without properties). */
    static BeanProperties of(Class<?> type) {
        boolean platform = type.getClassLoader() == null || type.getName().startsWith("java.");
        if (platform || type.isArray() || type.isEnum()) {
            return null;
        }
        BeanProperties properties = CACHE.get(type);
        return properties == NONE ? null : properties;
    }

    Map<String, Object> row(Object bean) {
        return new BeanRow(bean, readers);
    }

    private static Map<String, Method> find(Class<?> type) {
        Map<String, Method> readers = new LinkedHashMap<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                readers.put(component.getName(), component.getAccessor());
            }
        } else {
            try {
                for (PropertyDescriptor property :
                        Introspector.getBeanInfo(type, Object.class).getPropertyDescriptors()) {
                    if (property.getReadMethod() != null) {
                        readers.put(property.getName(), property.getReadMethod());
                    }
                }
            } catch (IntrospectionException e) {
                throw new IllegalStateException("the properties of " + type.getName() + " must be readable", e);
            }
        }
        readers.values().forEach(reader -> reader.trySetAccessible());
        return readers;
    }

    private static final class BeanRow extends AbstractMap<String, Object> {

        private final Object bean;
        private final Map<String, Method> readers;

        BeanRow(Object bean, Map<String, Method> readers) {
            this.bean = bean;
            this.readers = readers;
        }

        @Override
        public Object get(Object name) {
            Method reader = readers.get(name);
            return reader == null ? null : value((String) name, reader);
        }

        @Override
        public boolean containsKey(Object name) {
            return readers.containsKey(name);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<String, Object>> iterator() {
                    return readers.entrySet().stream()
                            .<Entry<String, Object>>map(entry ->
                                    new SimpleImmutableEntry<>(entry.getKey(), value(entry.getKey(), entry.getValue())))
                            .iterator();
                }

                @Override
                public int size() {
                    return readers.size();
                }
            };
        }

        private Object value(String name, Method reader) {
            try {
                Object value = reader.invoke(bean);
                return value instanceof Enum<?> constant ? constant.name() : value;
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new DataException(
                        Reason.WRONG_FEATURE,
                        List.of(name),
                        "property " + name + " must be readable, its getter failed");
            }
        }
    }
}
