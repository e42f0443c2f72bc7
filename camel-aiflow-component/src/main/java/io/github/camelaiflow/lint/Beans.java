package io.github.camelaiflow.lint;

import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ProcessDefinition;

/** The code that a step runs. */
final class Beans {

    private Beans() {}

    /** Types of the step's processor or bean, by whichever way it names them; none if that cannot be told. */
    static Stream<Class<?>> of(Step step) {
        LintedRoute route = step.route();
        if (step.node() instanceof ProcessDefinition process) {
            return types(process.getProcessor(), route.bean(process.getRef()));
        }
        if (step.node() instanceof BeanDefinition bean) {
            return types(
                    bean.getBean(),
                    bean.getBeanClass(),
                    route.bean(bean.getRef()),
                    type(route, route.text(bean.getBeanType(), null)));
        }
        return step.targets().stream().flatMap(target -> switch (target.scheme()) {
            case "bean" -> types(route.bean(target.path()));
            case "class" -> types(type(route, target.path()));
            default -> Stream.empty();
        });
    }

    /** Of objects, or classes. */
    private static Stream<Class<?>> types(Object... beans) {
        return Stream.of(beans)
                .filter(Objects::nonNull)
                .map(bean -> bean instanceof Class<?> type ? type : bean.getClass());
    }

    private static Class<?> type(LintedRoute route, String name) {
        return name == null ? null : route.reader().context().getClassResolver().resolveClass(name);
    }
}
