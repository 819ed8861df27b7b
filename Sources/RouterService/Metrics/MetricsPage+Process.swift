import ServiceProcess

/// The router as a process, under the names that every Prometheus client uses.
extension MetricsPage {
    func renderProcess(to text: inout String) {
        Self.head("portolan_router_info", "gauge", "The version of this router.", to: &text)
        text += "portolan_router_info{version=\"\(ProductVersion.current)\"} 1\n"
        let figures = ProcessFigures()
        Self.head("process_resident_memory_bytes", "gauge", "Resident memory.", to: &text)
        text += "process_resident_memory_bytes \(figures.residentBytes)\n"
        Self.head("process_open_fds", "gauge", "Open file descriptors.", to: &text)
        text += "process_open_fds \(figures.openFiles)\n"
        Self.head("process_max_fds", "gauge", "The limit of open file descriptors.", to: &text)
        text += "process_max_fds \(figures.fileLimit)\n"
    }
}
