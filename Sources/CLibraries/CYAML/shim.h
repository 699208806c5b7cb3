// libyaml: the events of a YAML 1.1 stream.
#pragma once
#include <yaml.h>
