package dev.pilot.server.doctor;

import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.config.Surroundings;
import dev.pilot.server.Reach;
import dev.pilot.server.ServerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at what a server with these settings would stand on, by the checks that the server makes itself. It changes nothing, and a server
 * may be running.
 */
public final class Examination {
    private static final int JAVA = 17;

    private final ServerSettings settings;
    private final Surroundings around;

    /**
     * Makes one.
     *
     * @param settings how the server is set up
     * @param around where that comes from
     */
    public Examination(ServerSettings settings, Surroundings around) {
        this.settings = settings;
        this.around = around;
    }

    /**
     * What doesn't depend on the settings.
     *
     * @return a finding
     */
    public static Finding java() {
        Runtime.Version version = Runtime.version();
        return version.feature() >= JAVA
                ? Finding.ok("java", version.toString())
                : Finding.fail("java", version.toString(), "use a JDK " + JAVA + " or newer");
    }

    /**
     * Looks at everything, one after the other.
     *
     * @return the findings
     */
    public List<Finding> findings() {
        PilotConfig hub = settings.hub();
        Path root = hub.dataDirectory().toAbsolutePath().normalize();
        List<Finding> findings = new ArrayList<>();
        settings.warnings().forEach(warning -> findings.add(Finding.fail("secrets", warning, "mend its mode")));
        around.warnings().forEach(warning -> findings.add(Finding.warn("secrets", warning, "mend its mode")));
        findings.addAll(new Credentials(hub, root).findings());
        findings.addAll(AuditWord.findings(root));
        Place place = new Place(root);
        findings.add(place.directory());
        findings.add(place.disk());
        Database database = Database.look(hub, root);
        findings.add(database.finding());
        findings.add(Git.finding());
        findings.add(reach(database));
        Certificate certificate =
                Certificate.look(settings.http().tls(), hub.clock().instant());
        findings.addAll(certificate.findings());
        findings.add(new Serving(settings.http(), certificate.own()).port());
        return findings;
    }

    private Finding reach(Database database) {
        String refusal = Reach.refusal(settings, database::letsIn);
        if (refusal != null) {
            return Finding.fail("host", refusal, "do one of these, or set host to 127.0.0.1");
        }
        String warning = Reach.warning(settings);
        return warning == null
                ? Finding.ok("host", "may listen on " + settings.http().host())
                : Finding.warn("host", warning, "or leave host at 127.0.0.1");
    }
}
