package dev.pilot.e2e.house;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.resolvers.SelectedClassResolverFromClasspath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The published modules and their classes. */
final class House {
    private static final JavaClasses CLASSES = read();

    private House() {}

    /** Of the libraries, names are enough, which saves reading them; of Java, the hierarchy of exceptions is needed. */
    private static JavaClasses read() {
        ArchConfiguration configuration = ArchConfiguration.get();
        configuration.setClassResolver(SelectedClassResolverFromClasspath.class);
        configuration.setClassResolverArguments("java.lang");
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("-tests.jar") && !location.contains("/test-classes/"))
                .importPackages(Arrays.stream(Module.values()).map(Module::root).toList());
    }

    static JavaClasses classes() {
        return CLASSES;
    }

    static JavaClasses classes(Module module) {
        return CLASSES.that(new DescribedPredicate<>("classes of " + module.root()) {
            @Override
            public boolean test(JavaClass type) {
                return module.holds(type);
            }
        });
    }

    /** A published module: its package, the modules and the libraries that it may use. */
    enum Module {
        API("dev.pilot.api", List.of(), List.of()),
        WIRE("dev.pilot.wire", List.of(API), List.of("com.fasterxml.jackson")),
        CORE(
                "dev.pilot.core",
                List.of(API),
                List.of("com.nimbusds", "com.password4j", "org.slf4j", "com.google.inject")),
        STORE_JDBI("dev.pilot.store.jdbi", List.of(API, WIRE), List.of("org.jdbi", "org.flywaydb", "org.slf4j")),
        STORE_SQLITE(
                "dev.pilot.store.sqlite",
                List.of(API, WIRE, STORE_JDBI),
                List.of("org.jdbi", "org.flywaydb", "org.sqlite", "org.slf4j", "com.google.inject")),
        STORE_POSTGRES(
                "dev.pilot.store.postgres",
                List.of(API, WIRE, STORE_JDBI),
                List.of(
                        "org.jdbi",
                        "org.flywaydb",
                        "org.postgresql",
                        "com.zaxxer.hikari",
                        "org.slf4j",
                        "com.google.inject")),
        RUNNER_PROCESS(
                "dev.pilot.runner.process",
                List.of(API, WIRE),
                List.of("com.sun.jna", "org.slf4j", "com.google.inject")),
        VCS_GIT("dev.pilot.vcs.git", List.of(API, WIRE), List.of("org.eclipse.jgit", "org.slf4j", "com.google.inject")),
        HTTP("dev.pilot.http", List.of(API, WIRE), List.of("org.eclipse.jetty", "org.slf4j", "com.google.inject")),
        CLIENT("dev.pilot.client", List.of(API, WIRE), List.of("okhttp3", "okio", "kotlin", "org.slf4j")),
        TESTKIT("dev.pilot.testkit", List.of(API), List.of("org.junit.jupiter", "org.assertj", "org.awaitility"));

        private final String root;
        private final List<Module> modules;
        private final List<String> libraries;

        Module(String root, List<Module> modules, List<String> libraries) {
            this.root = root;
            this.modules = modules;
            this.libraries = libraries;
        }

        String root() {
            return root;
        }

        /** The packages whose classes it may use, Java's and its own included. */
        String[] mayUse() {
            List<String> roots = new ArrayList<>(List.of("java", "javax.crypto", "javax.sql", "org.jspecify", root));
            modules.forEach(module -> roots.add(module.root));
            roots.addAll(libraries);
            return roots.stream().map(name -> name + "..").toArray(String[]::new);
        }

        boolean holds(JavaClass type) {
            return (type.getPackageName() + ".").startsWith(root + ".");
        }

        static Optional<Module> of(JavaClass type) {
            return Arrays.stream(values()).filter(module -> module.holds(type)).findFirst();
        }
    }
}
