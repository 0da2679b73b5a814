package name

func (r *reader) collectives() {}
