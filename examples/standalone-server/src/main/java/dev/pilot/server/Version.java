package dev.pilot.server;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The program's version, from its jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version =
                Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "(not packaged)");
        return new String[] {"pilot " + version, "java " + Runtime.version()};
    }
}
